// Bundles the entry points and the icon sprite into the foundation room.
// Nothing of other people is kept in the repository: it comes from npm when this runs.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "../zhijian/foundation/static/zhijian/dist");
const iconFolder = path.join(here, "../node_modules/@tabler/icons/icons");

async function symbol(name) {
  const [folder, file] = name.endsWith("-filled")
    ? ["filled", name.slice(0, -"-filled".length)]
    : ["outline", name];
  const svg = await readFile(path.join(iconFolder, folder, `${file}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
}

async function sprite() {
  const names = (await readFile(path.join(here, "icons.txt"), "utf8"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { shell: path.join(here, "shell.js"), charts: path.join(here, "charts.js") },
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  outdir: out,
  legalComments: "eof",
});
await build({
  entryPoints: { shell: path.join(here, "shell.css") },
  bundle: true,
  minify: true,
  outdir: out,
  legalComments: "eof",
  logOverride: { "unsupported-css-property": "silent" },
});
await writeFile(path.join(out, "icons.svg"), await sprite());

// The web server sends these as they are to every browser that accepts them.
for (const name of await readdir(out)) {
  const file = path.join(out, name);
  await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
}
