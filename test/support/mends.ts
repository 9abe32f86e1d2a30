import assert from 'node:assert/strict';
import type { Language } from '../../src/engine/domain/task';
import { applyEdit } from '../../src/engine/syntax/edits';
import { mendsOf } from '../../src/engine/syntax/mends';
import type { MendOperator } from '../../src/engine/syntax/operators/operator';
import { wordsOf } from '../../src/engine/syntax/operators/wordsOfTask';
import { loadSyntax } from '../../src/engine/syntax/parser';
import { syntaxProblem } from '../../src/engine/syntax/problem';
import { assetsFolder } from './assets';

/** A fault and what must be among the mends of it. */
export interface Mending {
  readonly fault: string;
  readonly language: Language;
  readonly from: string;
  readonly to: string;
  readonly prompt?: string;
}

/** Tests that an operator mends each fault, and that all it makes of them parses. */
export function describeMends(operator: MendOperator, mendings: readonly Mending[]): void {
  describe(`the operator ${operator}`, () => {
    for (const { fault, language, from, to, prompt = '' } of mendings) {
      it(`mends ${fault} (${language})`, async () => {
        const syntax = await loadSyntax(assetsFolder);
        const made = mendsOf(syntax, language, from, wordsOf(prompt, language))
          .filter((edit) => edit.operator === operator)
          .map((edit) => applyEdit(from, edit));
        assert.ok(made.includes(to), made.slice(0, 40).join('\n---\n'));
        const broken = made.filter((source) => syntaxProblem(syntax, language, source) !== null);
        assert.deepEqual(broken, []);
      });
    }
  });
}
