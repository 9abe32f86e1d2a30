/** Which of many rows of one height are drawn. */
export interface RowWindow {
  /** Index of the first row drawn. */
  readonly first: number;
  /** Index after the last row drawn. */
  readonly end: number;
  /** Pixels above the first row drawn, and of all rows. */
  readonly offset: number;
  readonly height: number;
}

export function rowWindow(
  list: { readonly count: number; readonly rowHeight: number },
  scroll: { readonly top: number; readonly height: number },
  overscan = 8,
): RowWindow {
  const { count, rowHeight } = list;
  const height = count * rowHeight;
  const top = Math.max(0, Math.min(scroll.top, height - scroll.height));
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((top + scroll.height) / rowHeight) + overscan);
  return { first, end: Math.max(first, end), offset: first * rowHeight, height };
}

/** Where to scroll so that a row is seen whole; the same place if it is already. */
export function scrollToShow(
  index: number,
  rowHeight: number,
  scroll: { readonly top: number; readonly height: number },
): number {
  const top = index * rowHeight;
  if (top < scroll.top) return top;
  const bottom = top + rowHeight;
  return bottom > scroll.top + scroll.height ? bottom - scroll.height : scroll.top;
}

/** The row that a key moves to; null for a key that does not move. */
export function moveBy(
  key: string,
  index: number,
  count: number,
  rowsPerPage: number,
): number | null {
  const last = count - 1;
  const within = (wanted: number): number => Math.max(0, Math.min(last, wanted));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + rowsPerPage);
    case 'PageUp':
      return within(index - rowsPerPage);
    case 'Home':
      return within(0);
    case 'End':
      return within(last);
    default:
      return null;
  }
}
