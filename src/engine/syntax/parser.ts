import { Language as Grammar, Parser, type Node } from '@vscode/tree-sitter-wasm';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../domain/task';

/** A node of the parser's own tree. Valid only while `use` runs: the tree is freed after it. */
export type SyntaxNode = Node;

export interface Syntax {
  /**
   * Parses `source` and gives the root to `use`. Offsets are UTF-16 code units, as in the string.
   * Never fails for what the source is: a source with errors has error nodes.
   */
  read<T>(language: Language, source: string, use: (root: SyntaxNode) => T): T;
}

/**
 * Loads the parser and the grammars from `tree-sitter*.wasm` in a folder. The grammars can be
 * loaded asynchronously only, so all of them are, once per process. Fails when a file is missing.
 */
export async function loadSyntax(assetsFolder: string): Promise<Syntax> {
  const key = path.resolve(assetsFolder);
  if (loaded?.key === key) return loaded.syntax;
  const previous = loaded?.syntax;
  const syntax = load(key);
  loaded = { key, syntax };
  // The library holds one runtime for the whole process, so a load must not overtake another.
  await previous?.catch(() => undefined);
  syntax.catch(() => {
    if (loaded?.syntax === syntax) loaded = undefined;
  });
  return syntax;
}

let loaded: { readonly key: string; readonly syntax: Promise<Syntax> } | undefined;

const grammarFiles: Record<Language, string> = {
  python: 'tree-sitter-python.wasm',
  javascript: 'tree-sitter-javascript.wasm',
  typescript: 'tree-sitter-typescript.wasm',
};

async function load(folder: string): Promise<Syntax> {
  const runtime = {
    wasmBinary: await readFile(path.join(folder, 'tree-sitter.wasm')),
    locateFile: (file: string) => path.join(folder, file),
  };
  await Parser.init(runtime);
  const parserFor = async (language: Language) =>
    new Parser().setLanguage(
      await Grammar.load(await readFile(path.join(folder, grammarFiles[language]))),
    );
  const [python, javascript, typescript] = await Promise.all([
    parserFor('python'),
    parserFor('javascript'),
    parserFor('typescript'),
  ]);
  const parsers: Record<Language, Parser> = { python, javascript, typescript };
  return {
    read(language, source, use) {
      const tree = parsers[language].parse(source);
      if (tree === null) throw new Error(`the ${language} parser gave no tree`);
      try {
        return use(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  };
}
