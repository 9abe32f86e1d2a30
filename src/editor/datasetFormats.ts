/** Formats that Export Dataset offers, the usual one first. A test holds them to those of the engine. */
export const datasetFormats = [
  'trl',
  'huggingface',
  'openai',
  'llama-factory',
  'xtuner',
  'axolotl',
  'verl',
  'humaneval',
  'evalplus',
  'inspect',
] as const;
export type DatasetFormatName = (typeof datasetFormats)[number];
