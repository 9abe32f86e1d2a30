// Packs the extension: a clean, minified build in a VSIX file in the project's root.
import './pinned-node.mjs';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitWith, inRoot, outFolder, root } from './place.mjs';

export const maxPackageBytes = 4 * 1024 * 1024;

/** What the manifest says for people who work on the project, and not for those who install it. */
const developmentKeys = ['scripts', 'devDependencies', 'allowScripts', 'files', 'private'];

/** The path of the VSIX that `packExtension` writes. */
export async function packagePath() {
  const { name, version } = await readManifest();
  return inRoot(`${name}-${version}.vsix`);
}

/** Builds and packs. Throws when the package is larger than `maxPackageBytes`. */
export async function packExtension() {
  await rm(inRoot('dist'), { recursive: true, force: true });
  build();
  const file = await packagePath();
  const stage = path.join(outFolder, 'package');
  await fillStage(stage);
  await createVSIX({
    cwd: stage,
    packagePath: file,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(file);
  if (size > maxPackageBytes) {
    throw new Error(`${path.basename(file)} is ${kilobytes(size)}: more than the 4 MB it may be.`);
  }
  return { file, bytes: size };
}

function build() {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--minify'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed.');
}

/** Copies what `.vscodeignore` lets through, with a manifest that has no development in it. */
async function fillStage(stage) {
  await rm(stage, { recursive: true, force: true });
  const files = await listFiles({
    cwd: root,
    packageManager: PackageManager.None,
    ignoreFile: inRoot('.vscodeignore'),
  });
  for (const file of files) {
    const target = path.join(stage, file);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(inRoot(file), target);
  }
  const manifest = await readManifest();
  for (const key of developmentKeys) delete manifest[key];
  await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  // Everything there is meant to be packed; vsce warns where nothing says so.
  await writeFile(path.join(stage, '.vscodeignore'), '');
}

const readManifest = async () => JSON.parse(await readFile(inRoot('package.json'), 'utf8'));

const kilobytes = (bytes) => `${Math.ceil(bytes / 1024)} kB`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  packExtension().then(
    ({ file, bytes }) => console.log(`${path.relative('', file)}: ${kilobytes(bytes)}`),
    exitWith,
  );
}
