import { SimilarityIndex } from '../../src/engine/similarity/nearDuplicates';

export interface NearDuplicate {
  /** Places of the one left out and of the one it is like, which came before it. */
  readonly item: number;
  readonly of: number;
  readonly similarity: number;
}

/** The texts that are like an earlier one that was kept, of a Jaccard similarity of at least 0.7. */
export function nearDuplicates(texts: readonly string[]): NearDuplicate[] {
  const index = new SimilarityIndex(0.7);
  return texts.flatMap((text, item) => {
    const nearest = index.nearest(text);
    if (nearest) return [{ item, of: nearest.id, similarity: nearest.similarity }];
    index.add(item, text);
    return [];
  });
}
