// A form marked with data-puzzle="bits" carries a puzzle; the browser looks for the number that
// solves it, and sends the form only then. SHA-256 is worked out here, because browsers offer theirs
// over HTTPS alone.
const AT_ONCE = 2000;
const PRIMES = 64;

function fraction(value) {
  return ((value - Math.floor(value)) * 2 ** 32) | 0;
}

function constants() {
  const primes = [];
  for (let each = 2; primes.length < PRIMES; each += 1) {
    if (primes.every((prime) => each % prime)) primes.push(each);
  }
  return {
    start: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    round: primes.map((prime) => fraction(Math.cbrt(prime))),
  };
}

const { start, round } = constants();

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const view = new DataView(new ArrayBuffer(length));
  bytes.forEach((byte, place) => view.setUint8(place, byte));
  view.setUint8(bytes.length, 0x80);
  view.setUint32(length - 4, bytes.length * 8);
  return view;
}

function mixed(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let place = 0; place < 64; place += 1) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + round[place] + words[place]) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
}

// The first 32 bits of the digest of a text.
export function firstWord(text) {
  const view = padded(new TextEncoder().encode(text));
  let state = start;
  for (let block = 0; block < view.byteLength; block += 64) {
    const words = new Int32Array(64);
    for (let place = 0; place < 16; place += 1) words[place] = view.getInt32(block + place * 4);
    for (let place = 16; place < 64; place += 1) {
      const late = words[place - 2];
      const early = words[place - 15];
      const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      words[place] = (high + words[place - 7] + low + words[place - 16]) | 0;
    }
    state = mixed(state, words);
  }
  return state[0] >>> 0;
}

function solve(form, number, bits, done) {
  for (let each = number; each < number + AT_ONCE; each += 1) {
    if (firstWord(`${form.elements.puzzle.value}:${each}`) >>> (32 - bits) === 0) {
      done(each);
      return;
    }
  }
  setTimeout(() => solve(form, number + AT_ONCE, bits, done), 0);
}

export function solvePuzzles(root) {
  for (const form of root.querySelectorAll("form[data-puzzle]")) {
    let waiting = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      waiting = true;
    });
    solve(form, 0, Number(form.dataset.puzzle), (number) => {
      form.elements.answer.value = String(number);
      if (waiting) form.requestSubmit();
    });
  }
}
