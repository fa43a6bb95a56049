// Labels stand upright where they fit beside each other and lean where they do not.
const LETTER = 12;

function lengthOf(name) {
  return [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? LETTER : LETTER * 0.6), 0);
}

export function isCrowded(names, width) {
  return names.some((name) => lengthOf(name) + LETTER > width / names.length);
}
