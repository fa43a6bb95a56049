// Colours that stay apart for most eyes; the accent comes first.
export const COLOURS = ["#0e6377", "#c98700", "#6b5b95", "#3f8f5b", "#b3503e", "#57697a", "#9a7b4f", "#2f74c0", "#c2458a", "#8aa61f"];
export const GRID_LINE = "#e3e8ed";
export const QUIET = "#55606e";
export const BAD = "#b3261e";
// Light enough for dark figures to be read on every step.
export const SCALE = ["#d98873", "#f0c9b5", "#f6f3ea", "#bfdcd5", "#7fb9b0"];
