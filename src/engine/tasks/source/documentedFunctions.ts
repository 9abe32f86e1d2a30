import path from 'node:path';
import { docExamples } from '../formats/docExamples';
import { functionsOf } from '../../syntax/functions';
import type { Syntax } from '../../syntax/parser';
import type { SourcesFound } from './findSources';
import { Project } from './project';
import { testedFunctions, type TestedFunction } from './testedFunctions';
import { wholeProgram } from './wholeProgram';

const enoughTests = 2;

/**
 * Documented functions that fewer than two tests call, each cut out with what it needs; with the test
 * that calls it, or else with the examples of its documentation, or with none.
 */
export function documentedFunctions(syntax: Syntax, sources: SourcesFound): TestedFunction[] {
  const { modules, project: files, root } = sources;
  const project = new Project(syntax, [...files, ...modules], root);
  const { functions } = testedFunctions(syntax, sources, 1);
  const tested = new Map(functions.map((one) => [`${one.module}/${one.name}`, one]));
  return modules.flatMap((file) => {
    const module = path
      .relative(root, file.file)
      .replace(/\.\w+$/, '')
      .split(path.sep)
      .join('/');
    return functionsOf(syntax, file.language, file.text).flatMap((place): TestedFunction[] => {
      const { name, signature, documentation } = place;
      const known = tested.get(`${module}/${name}`);
      const takes = /\(\s*[^)\s]/.test(signature);
      if (documentation === null || !takes) return [];
      if (known) return known.tests.length < enoughTests ? [known] : [];
      const { source, otherFiles, missing } = wholeProgram(project, file, [name]);
      if (otherFiles.length > 0 || missing.length > 0) return [];
      const examples = docExamples(
        syntax,
        file.language,
        file.text.slice(place.start, place.end),
        name,
      );
      const tests = examples.map(({ id, source: text }) => ({ id, source: text }));
      const { language } = file;
      const about = { name, language, module, signature, documentation };
      return [{ ...about, program: source, support: '', tests, testFiles: [] }];
    });
  });
}
