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
 * loaded asynchronously only, so all of them are. The library has one runtime per process: once
 * loaded, every call gives the same parsers. Fails when a file is missing, and may be tried again.
 */
export function loadSyntax(assetsFolder: string): Promise<Syntax> {
  loading ??= load(assetsFolder).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

let loading: Promise<Syntax> | undefined;

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
