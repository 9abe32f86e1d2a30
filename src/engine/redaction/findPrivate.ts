import type { PrivateFinding } from './secretRules';
import { findByRules } from './secretRules';

/** So many texts are given to secretlint at once: one call costs as much as many short texts. */
const textsAtOnce = 200;
const between = '\n\n';

/**
 * The first finding in each text that must not leave the machine: a secret (secretlint's recommended
 * rules and our own), an e-mail address or a path into a home; null where there is none. Comments in
 * a text that switch secretlint off do nothing here. Texts stay in this process.
 */
export async function findPrivate(
  texts: readonly string[],
  signal: AbortSignal,
): Promise<(PrivateFinding | null)[]> {
  const found: (PrivateFinding | null)[] = [];
  for (let from = 0; from < texts.length; from += textsAtOnce) {
    signal.throwIfAborted();
    const some = texts.slice(from, from + textsAtOnce);
    found.push(...(await ofSome(some)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

async function ofSome(texts: readonly string[]): Promise<(PrivateFinding | null)[]> {
  const own = texts.map((text) => findByRules(text)[0] ?? null);
  // All together first; text by text only where something was found.
  if ((await lint(texts.join(between))) === null) return own;
  return Promise.all(texts.map(async (text, place) => own[place] ?? (await lint(text))));
}

async function lint(text: string): Promise<PrivateFinding | null> {
  const { lintSource, config } = await loaded();
  const { messages } = await lintSource({
    source: {
      content: text.replaceAll(/secretlint-/gi, 'secretlint '),
      filePath: 'program.txt',
      ext: '.txt',
      contentType: 'text',
    },
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  const [first] = messages;
  if (!first) return null;
  return { kind: 'secret', rule: first.ruleId, at: first.range[0] };
}

/** Loaded on first need: most commands look for no secrets. */
function loaded() {
  loading ??= Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]).then(([{ lintSource }, { creator }]) => ({
    lintSource,
    config: {
      rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }],
    },
  }));
  return loading;
}

let loading:
  | Promise<{
      lintSource: typeof import('@secretlint/core').lintSource;
      config: Parameters<typeof import('@secretlint/core').lintSource>[0]['options']['config'];
    }>
  | undefined;
