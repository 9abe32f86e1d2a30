/** What is known of the terms under which a model's output may be trained on. */
const terms: readonly (readonly [RegExp, string])[] = [
  [/^vscode-lm:/, 'lent by the editor: its terms may forbid training on what it writes'],
  [
    /@api\.openai\.com\b/,
    'OpenAI: its terms forbid using output to develop models that compete with it',
  ],
  [/@api\.anthropic\.com\b/, 'Anthropic: its terms forbid using output to train competing models'],
  [
    /@generativelanguage\.googleapis\.com\b/,
    'Google: its terms forbid using output to develop competing models',
  ],
];

/** A sentence on a model as recorded (`name@host`). What is not known is said to be unknown. */
export function termsOf(model: string): string {
  const known = terms.find(([pattern]) => pattern.test(model));
  return (
    known?.[1] ?? 'not known to this tool: read the licence of the model and the terms of its host'
  );
}

/** A model that the editor lent. */
export function isEditorModel(model: string): boolean {
  return model.startsWith('vscode-lm:');
}
