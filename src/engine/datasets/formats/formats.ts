import { axolotl } from './axolotl';
import type { DatasetFormat } from './format';
import { huggingFace } from './huggingFace';
import { inspect } from './inspect';
import { llamaFactory } from './llamaFactory';
import { openAi } from './openai';
import { evalPlus, humanEval } from './samples';
import { trl } from './trl';
import { verl } from './verl';
import { xtuner } from './xtuner';

/** All formats, the usual one first. */
export const formats: readonly DatasetFormat[] = [
  trl,
  huggingFace,
  openAi,
  llamaFactory,
  xtuner,
  axolotl,
  verl,
  humanEval,
  evalPlus,
  inspect,
];
