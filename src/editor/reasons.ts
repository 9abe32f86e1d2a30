import * as vscode from 'vscode';

/** Counts by reason, most first, in plain words: `12 × fault does not compile, 3 × made twice`. */
export function reasonWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => vscode.l10n.t('{0} × {1}', count, reasonName(reason)))
    .join(', ');
}

/** `Python: why`, for each language whose programs cannot be run here. */
export function leftOutWords(
  leftOut: readonly { readonly language: string; readonly reason: string }[],
): string {
  return leftOut.map(({ language, reason }) => `${languageName(language)}: ${reason}`).join('; ');
}

/** Why a task was not made or not exported; the code itself where the engine knows more than we. */
export function reasonName(reason: string): string {
  switch (reason) {
    case 'referenceFails':
      return vscode.l10n.t('original fails its tests');
    case 'flaky':
      return vscode.l10n.t('original passes by chance');
    case 'fewFailingTests':
      return vscode.l10n.t('fault fails fewer than two tests');
    case 'noFailingTests':
      return vscode.l10n.t('no test notices the fault');
    case 'notCompiled':
      return vscode.l10n.t('fault does not compile');
    case 'timedOut':
      return vscode.l10n.t('fault never ends');
    case 'infrastructure':
      return vscode.l10n.t('could not be judged');
    case 'duplicate':
      return vscode.l10n.t('made twice');
    case 'badReply':
      return vscode.l10n.t('reply that holds no task');
    case 'eliminated':
      return vscode.l10n.t('reply that is of no use');
    case 'doesNotParse':
      return vscode.l10n.t('reference does not parse');
    case 'noReference':
      return vscode.l10n.t('no reference');
    case 'notJudged':
      return vscode.l10n.t('tests that cannot be measured');
    case 'starterPasses':
      return vscode.l10n.t('starter passes already');
    case 'emptyPasses':
      return vscode.l10n.t('empty program passes');
    case 'constantPasses':
      return vscode.l10n.t('constant program passes');
    case 'noMutants':
      return vscode.l10n.t('nothing in it to change');
    case 'weakTests':
      return vscode.l10n.t('weak tests');
    case 'outsideWorld':
      return vscode.l10n.t('depends on the outside world');
    case 'notNovel':
      return vscode.l10n.t('much like another task');
    case 'notEnded':
      return vscode.l10n.t('not ended');
    case 'notSolved':
      return vscode.l10n.t('not solved');
    case 'noHiddenTests':
      return vscode.l10n.t('no hidden tests');
    case 'failsHidden':
      return vscode.l10n.t('fails hidden tests');
    case 'notVerifiedAgain':
      return vscode.l10n.t('did not pass again');
    case 'sharedIsolation':
      return vscode.l10n.t('judged in one process with its tests');
    case 'heldOut':
      return vscode.l10n.t('held out');
    case 'editorModel':
      return vscode.l10n.t('written by a model of the editor');
    case 'touchesTests':
      return vscode.l10n.t('reaches for its tests');
    case 'nearLimit':
      return vscode.l10n.t('too near a limit');
    case 'copiedAnswer':
      return vscode.l10n.t('holds expected values of tests');
    case 'secret':
      return vscode.l10n.t('holds a secret');
    case 'email':
      return vscode.l10n.t('holds an e-mail address');
    case 'homePath':
      return vscode.l10n.t('holds a path into a home');
    case 'licence':
      return vscode.l10n.t('of another licence');
    case 'source':
      return vscode.l10n.t('of another source');
    case 'nearDuplicate':
      return vscode.l10n.t('much like another');
    case 'contaminated':
      return vscode.l10n.t('shares text with a held-out set');
    case 'difficulty':
      return vscode.l10n.t('too easy or too hard');
    case 'perTask':
      return vscode.l10n.t('more than asked for of one task');
    case 'otherLanguage':
      return vscode.l10n.t('in a language that is not read');
    case 'noCheck':
      return vscode.l10n.t('tests of another kind');
    case 'noTests':
      return vscode.l10n.t('no test that can be read');
    case 'sweBench':
      return vscode.l10n.t('of SWE-bench, without an image');
    case 'pickledTests':
      return vscode.l10n.t('private tests in a pickle, which would run what it says');
    case 'plusScript':
      return vscode.l10n.t('more tests that need numpy');
    case 'fewTests':
      return vscode.l10n.t('function with fewer than two tests');
    case 'needsOtherFiles':
      return vscode.l10n.t('function that needs other files');
    case 'needsOtherNames':
      return vscode.l10n.t('function tested together with others');
    default:
      return reason;
  }
}

/** Why a function could not be looked at; what the engine says of it where it knows more. */
export function leftOutReason(reason: string): string {
  switch (reason) {
    case 'fewTests':
      return vscode.l10n.t('no test that can be read calls it');
    case 'needsOtherFiles':
      return vscode.l10n.t('it needs other files or packages');
    case 'needsOtherNames':
      return vscode.l10n.t('its tests need names that are not functions of its module');
    default:
      return reason;
  }
}

/** What a format is for; the name itself where the engine knows more than we. */
export function formatWords(name: string): string {
  switch (name) {
    case 'trl':
      return vscode.l10n.t('TRL: SFT, DPO, KTO, GRPO with a reward module, RISE (JSON lines)');
    case 'huggingface':
      return vscode.l10n.t('Hugging Face repository: Parquet, card, configurations');
    case 'openai':
      return vscode.l10n.t('OpenAI chat files: supervised and preference (JSON lines)');
    case 'llama-factory':
      return vscode.l10n.t('LLaMA-Factory: SFT, DPO, KTO with dataset_info.json');
    case 'xtuner':
      return vscode.l10n.t('XTuner: SFT with loss on the verified answer, RL lines');
    case 'axolotl':
      return vscode.l10n.t('Axolotl: SFT with turns left out of the loss, DPO, KTO');
    case 'verl':
      return vscode.l10n.t('verl: RL prompts with a reward module, SFT messages (Parquet)');
    case 'humaneval':
      return vscode.l10n.t('HumanEval samples: every answer, for the official harness');
    case 'evalplus':
      return vscode.l10n.t('EvalPlus samples: every answer, for the official harness');
    case 'inspect':
      return vscode.l10n.t('Inspect log: every trajectory with its messages and score');
    default:
      return name;
  }
}

function languageName(language: string): string {
  const names: Readonly<Record<string, string>> = {
    python: 'Python',
    javascript: 'JavaScript',
    typescript: 'TypeScript',
  };
  return names[language] ?? language;
}
