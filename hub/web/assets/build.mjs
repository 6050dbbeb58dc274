// Builds ../static: two style sheets, three scripts, the icons, and manifest.json that names them by content.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const target = path.join(here, "..", "static");
const work = mkdtempSync(path.join(here, "..", ".static-"));
chmodSync(work, 0o755);

const files = {};

function keep(name, content) {
  const extension = path.extname(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const named = `${path.basename(name, extension)}.${hash}${extension}`;
  writeFileSync(path.join(work, named), content);
  writeFileSync(path.join(work, `${named}.gz`), gzipSync(content, { level: 9 }));
  files[name] = named;
}

function styles(name) {
  const cli = path.join(path.dirname(require.resolve("@tailwindcss/cli/package.json")), "dist", "index.mjs");
  const output = path.join(work, name);
  execFileSync(process.execPath, [cli, "--minify", "-i", path.join(here, "src", name), "-o", output], {
    cwd: here,
    stdio: ["ignore", "ignore", "inherit"],
  });
  keep(name, readFileSync(output));
  rmSync(output);
}

async function script(name) {
  const result = await build({
    entryPoints: [path.join(here, "src", name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    write: false,
  });
  keep(name, result.outputFiles[0].contents);
}

function icons() {
  const names = JSON.parse(readFileSync(path.join(here, "src", "icons.json"), "utf8"));
  const folder = path.join(path.dirname(require.resolve("lucide-static/package.json")), "icons");
  const drawn = {};
  for (const name of names) {
    const svg = readFileSync(path.join(folder, `${name}.svg`), "utf8");
    drawn[name] = svg.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace("</svg>", "").replace(/\s+/g, " ").trim();
  }
  return drawn;
}

try {
  styles("app.css");
  styles("public.css");
  for (const name of ["theme.js", "app.js", "charts.js"]) await script(name);
  keep("favicon.svg", readFileSync(path.join(here, "src", "favicon.svg")));
  const source = process.env.QABUL_ASSETS_SOURCE ?? "";
  writeFileSync(path.join(work, "manifest.json"), JSON.stringify({ source, files, icons: icons() }, null, 1));
  // The folder changes in one step, so that a running server never meets half a build.
  const old = `${work}-old`;
  mkdirSync(path.dirname(target), { recursive: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(work, target);
  rmSync(old, { recursive: true, force: true });
} finally {
  rmSync(work, { recursive: true, force: true });
}
