// The ESLint rule that holds walls.mjs.
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { root } from '../place.mjs';
import { entries, faces, floors, onlyPackages, packageHomes } from './walls.mjs';

export const wallsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Rooms import only what the plan of the house lets them.' },
    schema: [],
    messages: { wall: '{{reason}}' },
  },
  create(context) {
    const file = path.relative(path.join(root, 'src'), context.filename).replaceAll('\\', '/');
    if (file.startsWith('..')) return {};
    const check = (source, isType) => {
      if (typeof source?.value !== 'string') return;
      const reason = whyNot(file, source.value, isType);
      if (reason) context.report({ node: source, messageId: 'wall', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source, isTypeImport(node)),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
      TSExternalModuleReference: (node) => check(node.expression, false),
      'CallExpression[callee.name="require"]': (node) => check(node.arguments[0], false),
    };
  },
};

const isTypeImport = (node) =>
  node.importKind === 'type' ||
  (node.specifiers.length > 0 &&
    node.specifiers.every((specifier) => specifier.importKind === 'type'));

/** Why a file under src/ may not import this; nothing where it may. */
export function whyNot(file, source, isType) {
  return source.startsWith('.')
    ? whyNotFile(file, path.posix.join(path.posix.dirname(file), source), isType)
    : whyNotPackage(file, isBuiltin(source) ? `node:${source.replace(/^node:/, '')}` : source);
}

function whyNotPackage(file, source) {
  const isOf = (name) => source === name || source.startsWith(`${name}/`);
  for (const [folder, packages] of Object.entries(onlyPackages)) {
    if (isUnder(file, folder) && !packages.some(isOf)) {
      return `${folder} imports no package but ${packages.join(', ')}.`;
    }
  }
  for (const { packages, homes } of packageHomes) {
    const name = packages.find(isOf);
    if (name && !homes.some((home) => isUnder(file, home))) {
      return `${name} is imported under ${homes.join(' and ')} only.`;
    }
  }
  return undefined;
}

function whyNotFile(file, target, isType) {
  if (target.startsWith('..')) {
    const isManifest = target === '../package.json';
    return isManifest ? undefined : 'The product imports nothing from outside src/.';
  }
  const here = roomOf(file);
  const there = roomOf(target);
  if (here === there) return undefined;
  if (here.startsWith('engine/')) return whyNotRoom(here, there);
  const face = faces[here];
  if (!face) {
    const own = entries[here];
    return there === own ? undefined : `src/${here} hands over to ${own} and imports nothing else.`;
  }
  const allowed = isType ? [...face.types, ...face.values] : face.values;
  if (allowed.some((name) => isUnder(target, name))) return undefined;
  const asTypes = isType ? '' : ' (as types: ' + [...face.types].join(', ') + ')';
  return `${here} imports of src/ only itself, ${face.values.join(', ') || 'nothing'}${asTypes}.`;
}

function whyNotRoom(here, there) {
  if (!there.startsWith('engine/')) return `The engine imports nothing of ${there}.`;
  const [from, to] = [here, there].map((room) => floorOf(room.slice('engine/'.length)));
  if (from === undefined) return `${here} is on no floor: give it one in scripts/lint/walls.mjs.`;
  if (to === undefined) return `${there} is on no floor: give it one in scripts/lint/walls.mjs.`;
  if (to > from) return undefined;
  return to === from
    ? `${here} and ${there} are on one floor: pass a value, or a function type of domain.`
    : `${there} is above ${here}: rooms import lower floors only.`;
}

/** `engine/judge` for all under it; else the first folder, or the file directly under src/. */
function roomOf(file) {
  const [first, second] = file.split('/');
  return first === 'engine' ? `engine/${second}` : first;
}

function floorOf(room) {
  const index = floors.findIndex((rooms) => rooms.includes(room));
  return index < 0 ? undefined : index;
}

const isUnder = (file, place) =>
  file === place || file.startsWith(`${place}/`) || file === `${place}.ts`;
