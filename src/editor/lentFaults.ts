/** Why a model of the editor gave nothing, by what is thrown (`LanguageModelError` and others). */
export type LentFault = 'denied' | 'blocked' | 'quota' | 'gone' | 'filtered' | 'other';

/**
 * `denied`: the person did not allow it. `blocked`: the editor lets us make no calls for a while.
 * `filtered`: of this request alone, its content. The rest may pass, or needs another model.
 */
export function lentFaultOf(error: unknown): LentFault {
  if (!(error instanceof Error)) return 'other';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = `${error.name} ${error.message} ${causeOf(error)}`;
  if (code === 'NoPermissions') return 'denied';
  if (/quota/i.test(said)) return 'quota';
  if (code === 'Blocked') return 'blocked';
  if (code === 'NotFound') return 'gone';
  if (/off_topic|content.?filter|response got filtered|responsible ai/i.test(said)) {
    return 'filtered';
  }
  return 'other';
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? cause.message : '';
}
