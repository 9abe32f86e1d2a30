import { transform } from 'sucrase';
import { messageOf } from '../../domain/errors';

export type Compiled = { readonly code: string } | { readonly problem: string };

const modules = /^\s*(?:import|export)\b/m;

/**
 * TypeScript or JavaScript as a plain script: types stripped, imports and exports turned into
 * `require` and `exports`, every line where it was.
 */
export function compileScript(source: string): Compiled {
  try {
    const { code } = transform(source, {
      transforms: modules.test(source) ? ['typescript', 'imports'] : ['typescript'],
      disableESTransforms: true,
      production: true,
    });
    return { code };
  } catch (error) {
    return { problem: messageOf(error).replace(/^Error transforming[^:]*: /, '') };
  }
}
