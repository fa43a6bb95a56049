// The numbers inside [data-adds-up-to] are added up while they are typed, exactly.
function scaled(text) {
  const found = /^\s*(-?)(\d+)(?:\.(\d{1,12}))?\s*$/.exec(text.normalize("NFKC"));
  if (!found) return null;
  const size = BigInt(found[2] + (found[3] || "").padEnd(12, "0"));
  return found[1] ? -size : size;
}

function written(sum) {
  const digits = String(sum < 0n ? -sum : sum).padStart(13, "0");
  const decimals = digits.slice(-12).replace(/0+$/, "");
  return (sum < 0n ? "-" : "") + digits.slice(0, -12) + (decimals && "." + decimals);
}

function renew(frame) {
  const numbers = [...frame.querySelectorAll("input")].map((field) => scaled(field.value));
  const output = frame.querySelector("[data-sum]");
  const isKnown = numbers.every((each) => each !== null);
  const sum = numbers.reduce((one, other) => one + (other ?? 0n), 0n);
  output.textContent = isKnown ? written(sum) : "—";
  output.classList.toggle("text-danger", !isKnown || sum !== scaled(frame.dataset.addsUpTo));
}

export function addUp(root) {
  for (const frame of root.querySelectorAll("[data-adds-up-to]")) {
    frame.addEventListener("input", () => renew(frame));
    renew(frame);
  }
}
