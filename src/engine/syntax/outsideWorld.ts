import type { Language } from '../domain/task';
import { readTree, type Node } from './node';
import type { Syntax } from './parser';
import { fieldOf, named, within } from './walk';

export type Outside = 'time' | 'randomness' | 'network' | 'files' | 'environment';

/** A place at which a program asks for what differs from one run or machine to the next. */
export interface OutsideUse {
  readonly of: Outside;
  /** As the language's own library names it: `datetime.date.today`. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/**
 * What a source asks of the clock, of chance, of the network, of files and of its environment, as
 * far as its syntax tells: calls of the language's own library by the names under which it was
 * imported. Chance with a seed is none.
 */
export function outsideUses(syntax: Syntax, language: Language, source: string): OutsideUse[] {
  const root = readTree(syntax, language, source);
  return language === 'python' ? pythonUses(root) : scriptUses(root);
}

const pythonRules: readonly (readonly [Outside, RegExp])[] = [
  ['time', /^time\.(?:time|time_ns|monotonic|perf_counter|localtime|ctime)(?:_ns)?$/],
  ['time', /^datetime\.(?:datetime\.(?:now|utcnow|today)|date\.today)$/],
  ['randomness', /^random\.(?!Random$|seed$)\w+$/],
  ['randomness', /^(?:secrets\.\w+|uuid\.uuid[14]|os\.urandom|numpy\.random\.(?!default_rng)\w+)$/],
  ['network', /^(?:socket|requests|httpx|aiohttp|urllib\.request|http\.client|smtplib|ftplib)\./],
  ['files', /^(?:open|io\.open|shutil\.\w+|tempfile\.\w+|glob\.i?glob)$/],
  ['files', /^os\.(?:listdir|walk|scandir|remove|unlink|mkdir|makedirs|rename|stat|getcwd|chdir)$/],
  ['files', /^os\.path\.(?:exists|isfile|isdir|getsize|getmtime)$/],
  ['files', /^pathlib\.Path\.(?:cwd|home)$/],
  ['environment', /^(?:os\.(?:getenv|environ\.get|system|popen)|subprocess\.\w+|platform\.\w+)$/],
];
/** Of whatever object: no other class of the library has methods of these names. */
const fileMethods = /^(?:read_text|write_text|read_bytes|write_bytes|iterdir|touch)$/;

function pythonUses(root: Node): OutsideUse[] {
  const names = pythonImports(root);
  const own = new Set(
    [...within(root)]
      .filter(({ type }) => type === 'function_definition' || type === 'class_definition')
      .map((node) => fieldOf(node, 'name')?.text),
  );
  const uses: OutsideUse[] = [];
  let isSeeded = false;
  for (const node of within(root)) {
    if (node.type === 'subscript' && /^os\.environ$/.test(fieldOf(node, 'value')?.text ?? '')) {
      uses.push({ of: 'environment', name: 'os.environ', line: node.line });
    }
    if (node.type !== 'call') continue;
    const callee = fieldOf(node, 'function');
    if (callee === null || !/^[\w.]+$/.test(callee.text)) {
      const method = callee && fieldOf(callee, 'attribute')?.text;
      if (method && fileMethods.test(method)) {
        uses.push({ of: 'files', name: method, line: node.line });
      }
      continue;
    }
    const [first = '', ...rest] = callee.text.split('.');
    if (own.has(first)) continue;
    const name = [names.get(first) ?? (rest.length === 0 ? first : ''), ...rest].join('.');
    const hasArguments = named(fieldOf(node, 'arguments') ?? node).length > 0;
    if (name === 'random.seed' && hasArguments) isSeeded = true;
    if (name === 'random.Random' && !hasArguments) {
      uses.push({ of: 'randomness', name, line: node.line });
    }
    const rule = pythonRules.find(([, pattern]) => pattern.test(name));
    if (rule) uses.push({ of: rule[0], name, line: node.line });
    else if (fileMethods.test(rest.at(-1) ?? '')) {
      uses.push({ of: 'files', name: rest.at(-1) ?? '', line: node.line });
    }
  }
  return uses.filter(({ name }) => !(isSeeded && name.startsWith('random.')));
}

/** What each imported name stands for: `dt` for `datetime` after `import datetime as dt`. */
function pythonImports(root: Node): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of within(root)) {
    if (node.type === 'import_statement') {
      for (const part of named(node)) {
        const name = fieldOf(part, 'name')?.text ?? part.text;
        const alias = fieldOf(part, 'alias')?.text;
        if (alias === undefined) names.set(name.split('.')[0] ?? name, name.split('.')[0] ?? name);
        else names.set(alias, name);
      }
    } else if (node.type === 'import_from_statement') {
      const module = fieldOf(node, 'module_name')?.text ?? '';
      for (const part of named(node)) {
        if (part.field !== 'name') continue;
        const name = fieldOf(part, 'name')?.text ?? part.text;
        names.set(fieldOf(part, 'alias')?.text ?? name, `${module}.${name}`);
      }
    }
  }
  return names;
}

const scriptRules: readonly (readonly [Outside, RegExp])[] = [
  ['time', /^(?:Date\.now|performance\.now|process\.hrtime(?:\.bigint)?)$/],
  ['randomness', /^(?:Math\.random|crypto\.(?:randomUUID|getRandomValues|randomBytes|randomInt))$/],
  ['network', /^(?:fetch|https?\.(?:get|request)|net\.connect)$/],
  ['files', /^(?:fs|fsPromises)\.\w+$/],
  ['environment', /^(?:os\.\w+|process\.cwd)$/],
];
const scriptModules: readonly (readonly [Outside, RegExp])[] = [
  ['files', /^['"](?:node:)?fs(?:\/promises)?['"]$/],
  ['network', /^['"](?:node:)?(?:https?|net|dgram|tls)['"]$/],
  ['environment', /^['"](?:node:)?(?:child_process|os)['"]$/],
];

function scriptUses(root: Node): OutsideUse[] {
  const uses: OutsideUse[] = [];
  const tell = (rules: typeof scriptRules, name: string, node: Node): void => {
    const rule = rules.find(([, pattern]) => pattern.test(name));
    if (rule) uses.push({ of: rule[0], name: name.replace(/['"]/g, ''), line: node.line });
  };
  for (const node of within(root)) {
    if (node.type === 'call_expression') {
      const callee = fieldOf(node, 'function')?.text ?? '';
      tell(scriptRules, callee, node);
      const [module] = named(fieldOf(node, 'arguments') ?? node);
      if (callee === 'require' && module) tell(scriptModules, module.text, node);
    } else if (node.type === 'import_statement') {
      tell(scriptModules, fieldOf(node, 'source')?.text ?? '', node);
    } else if (node.type === 'new_expression' && fieldOf(node, 'constructor')?.text === 'Date') {
      const given = fieldOf(node, 'arguments');
      if (given === null || named(given).length === 0) {
        uses.push({ of: 'time', name: 'new Date()', line: node.line });
      }
    } else if (node.type === 'member_expression' && node.text === 'process.env') {
      uses.push({ of: 'environment', name: 'process.env', line: node.line });
    }
  }
  return uses;
}
