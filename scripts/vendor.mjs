// Fills static/vendor/ from node_modules: what the pages load, and nothing else.
// Run by `npm run vendor`, after `npm ci`. The folder is not committed and can be deleted at any time.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const vendor = join(root, "static", "vendor");

const read = (...path) => readFileSync(join(packages, ...path), "utf8");

function write(path, text) {
  const target = join(vendor, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function copy(from, to) {
  const target = join(vendor, to);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(packages, from), target);
}

// Inside a cascade layer, the design system loses to our own sheets whatever its specificity.
// The source map comment would make ManifestStaticFilesStorage look for a file that is not copied.
function govbr() {
  const css = read("@govbr-ds", "core", "dist", "core-lite.min.css")
    .replace(/^@charset "[^"]*";/i, "")
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
  write("govbr/core-lite.min.css", `@layer govbr{${css}}\n`);
}

function htmx() {
  copy("htmx.org/dist/htmx.min.js", "htmx/htmx.min.js");
}

// The graph of links: its canvas, the layout and the two packages the layout stands on; each is a global of its own.
function graph() {
  copy("cytoscape/dist/cytoscape.min.js", "cytoscape/cytoscape.min.js");
  copy("layout-base/layout-base.js", "cytoscape/layout-base.js");
  copy("cose-base/cose-base.js", "cytoscape/cose-base.js");
  copy("cytoscape-fcose/cytoscape-fcose.js", "cytoscape/cytoscape-fcose.js");
}

const face = (file, weight, range) => `@font-face {
  font-family: Raleway;
  font-style: normal;
  font-weight: ${weight};
  font-display: swap;
  src: url("${file}") format("woff2");
  unicode-range: ${range};
}
`;

// Raleway's digits are old-style and of unequal width, unreadable in tables: Lato lends its own under the same name.
// Each weight is declared alike in both, since a browser joins only faces whose descriptors are the same.
function fonts() {
  const latin = "U+0000-0024, U+0026-002A, U+002C-002F, U+003A-003C, U+003E-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212";
  const digits = "U+0025, U+002B, U+0030-0039, U+003D"; // and the signs that stand beside them: % + =
  const faces = [];
  for (const weight of [400, 500, 600, 700]) {
    const letters = `raleway-${weight}.woff2`;
    copy(`@fontsource/raleway/files/raleway-latin-${weight}-normal.woff2`, `fonts/${letters}`);
    faces.push(face(letters, weight, latin), face(`lato-${weight < 600 ? 400 : 700}.woff2`, weight, digits));
  }
  for (const weight of [400, 700]) {
    copy(`@fontsource/lato/files/lato-latin-${weight}-normal.woff2`, `fonts/lato-${weight}.woff2`);
  }
  write("fonts/fonts.css", faces.join("\n"));
}

// One sprite with the icons listed in icons.json; templates/components/icon.html draws from it.
function icons() {
  const names = JSON.parse(readFileSync(join(root, "scripts", "icons.json"), "utf8"));
  const symbols = names.map((name) => {
    const svg = read("@fortawesome", "fontawesome-free", "svgs", "solid", `${name}.svg`);
    const viewBox = svg.match(/viewBox="([^"]+)"/)[1];
    const paths = svg.match(/<path[^>]*\/>/g).join("");
    return `<symbol id="${name}" viewBox="${viewBox}">${paths}</symbol>`;
  });
  const credit = "<!-- Font Awesome Free 5.15.4 by @fontawesome, https://fontawesome.com, CC BY 4.0 -->";
  write("icons/sprite.svg", `<svg xmlns="http://www.w3.org/2000/svg">${credit}\n${symbols.join("\n")}\n</svg>\n`);
}

// The states' outlines, for maps that the server draws: a module there, data here.
function maps() {
  const map = JSON.parse(read("@svg-maps", "brazil", "index.js").replace(/^export default /, "").replace(/;?\s*$/, ""));
  const states = Object.fromEntries(map.locations.map(({ id, path }) => [id.toUpperCase(), path]));
  write("maps/brazil.json", JSON.stringify({ viewBox: map.viewBox, states }));
}

function licences() {
  const sources = [
    ["@govbr-ds/core", "LICENSE"],
    ["htmx.org", "LICENSE"],
    ["cytoscape", "LICENSE"],
    ["layout-base", "LICENSE"],
    ["cose-base", "LICENSE"],
    ["cytoscape-fcose", "LICENSE"],
    ["@fontsource/raleway", "LICENSE"],
    ["@fontsource/lato", "LICENSE"],
    ["@svg-maps/brazil", "LICENSE.md"],
    ["@fortawesome/fontawesome-free", "LICENSE.txt"],
  ];
  const texts = sources.map(([name, file]) => {
    const { version, license } = JSON.parse(read(name, "package.json"));
    return `${"=".repeat(100)}\n${name} ${version} (${license})\n${"=".repeat(100)}\n\n${read(name, file).trim()}\n`;
  });
  write("LICENSES.txt", texts.join("\n\n"));
}

rmSync(vendor, { recursive: true, force: true });
govbr();
htmx();
graph();
fonts();
icons();
maps();
licences();
