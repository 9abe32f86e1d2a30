// A chat model of another extension: it says what a test tells it to say, and keeps what it was asked.
const vscode = require('vscode');

exports.activate = () => {
  const surface = {
    requests: [],
    /** `(prompt, token) => text`, or a promise of it. */
    answer: () => '',
  };
  const model = {
    id: 'parrot',
    name: 'Parrot',
    family: 'parrot',
    version: '1',
    maxInputTokens: 16_000,
    maxOutputTokens: 4_000,
    capabilities: {},
  };
  const textOf = ({ content }) => content.map((part) => part.value ?? '').join('');
  vscode.lm.registerLanguageModelChatProvider('flywheel-test', {
    provideLanguageModelChatInformation: () => [model],
    provideTokenCount: async (_model, text) =>
      (typeof text === 'string' ? text : textOf(text)).length,
    async provideLanguageModelChatResponse(_model, messages, _options, progress, token) {
      const prompt = messages.map(textOf).join('\n');
      surface.requests.push(prompt);
      const text = await surface.answer(prompt, token);
      for (const piece of text.match(/[\s\S]{1,40}/g) ?? []) {
        progress.report(new vscode.LanguageModelTextPart(piece));
      }
    },
  });
  return surface;
};
