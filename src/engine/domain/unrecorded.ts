import type { Effects } from './ports';

/** Effects of work that no journal keeps: everything is produced anew. */
export const unrecorded: Effects = {
  once: (_key, _input, produce) => produce(),
  beside: () => undefined,
};
