export type QueryValue = string | number | boolean | null | readonly (string | number)[];
export type Params = Record<string, string>;

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/**
 * Reads a query string into lists of values by name, in the order of their first occurrence. One
 * leading "?" is skipped. Pairs are separated by "&" and empty pairs are ignored; only the first
 * "=" of a pair divides name and value, a pair without "=" has the value "", and a pair without a
 * name is ignored. "+" is a space, and percent escapes are decoded in names and values.
 *
 * @throws URIError if a percent escape is malformed
 */
export function parseQuery(query: string): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  const text = query.startsWith('?') ? query.slice(1) : query;
  for (const pair of text.split('&')) {
    const divider = pair.indexOf('=');
    const name = decode(divider < 0 ? pair : pair.slice(0, divider));
    const value = divider < 0 ? '' : decode(pair.slice(divider + 1));
    if (name === '') {
      continue;
    }
    if (!Object.hasOwn(result, name)) {
      result[name] = [];
    }
    result[name].push(value);
  }
  return result;
}

/**
 * Writes a query string, without a leading "?", from values by name. Names come in alphabetical
 * order, a list gives one pair per item in its order, true gives the bare name, and false, null
 * and empty lists are left out. Names and values are percent-encoded. Without any pair the result
 * is "".
 */
export function buildQuery(values: Readonly<Record<string, QueryValue>>): string {
  const pairs: string[] = [];
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (value === null || value === false) {
      continue;
    }
    const key = encodeURIComponent(name);
    if (value === true) {
      pairs.push(key);
      continue;
    }
    const items = Array.isArray(value) ? value : [value];
    for (const item of items) {
      pairs.push(`${key}=${encodeURIComponent(String(item))}`);
    }
  }
  return pairs.join('&');
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/**
 * Matches a path such as "/users/7/files" against a pattern such as "/users/:id/files" and
 * returns the parameters, or null if it does not match. Empty segments (repeated, leading and
 * trailing slashes) are ignored on both sides. A pattern segment ":name" takes exactly one
 * segment, a last segment "*name" takes all remaining ones, joined by "/", and may take none;
 * every other segment must be equal, including case.
 */
export function matchRoute(pattern: string, path: string): Params | null {
  const expected = segments(pattern);
  const actual = segments(path);
  const params: Params = {};
  for (let i = 0; i < expected.length; i++) {
    const part = expected[i];
    if (part.startsWith('*') && i === expected.length - 1) {
      params[part.slice(1)] = actual.slice(i).join('/');
      return params;
    }
    if (i >= actual.length) {
      return null;
    }
    if (part.startsWith(':')) {
      params[part.slice(1)] = actual[i];
    } else if (part !== actual[i]) {
      return null;
    }
  }
  return actual.length > expected.length ? null : params;
}
