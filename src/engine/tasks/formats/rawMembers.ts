/**
 * The members of a JSON object as they were written. JSON as Python writes it knows `1.0`, whole
 * numbers of any size, `NaN` and `Infinity`, which do not survive being read here.
 */
export function rawMembers(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let key: string | null = null;
  let from = -1;
  for (const match of text.matchAll(tokens)) {
    const [token] = match;
    const at = match.index;
    if (depth === 1 && (token === ',' || token === '}')) {
      if (key !== null && from >= 0) members.set(key, text.slice(from, at).trim());
      key = null;
      from = -1;
    } else if (depth === 1 && token === ':' && from < 0) {
      from = at + 1;
    } else if (depth === 1 && key === null && token.startsWith('"')) {
      key = textOf(token);
    }
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
  }
  return members;
}

/** Brackets, separators and texts; all else of JSON has none of these in it. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

function textOf(token: string): string | null {
  try {
    return JSON.parse(token) as string;
  } catch {
    return null;
  }
}

/** JSON as Python writes it; numbers that are none in JSON are read as null. Throws SyntaxError. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const plain = text.replace(notJson, (found) => (found.startsWith('"') ? found : 'null'));
    if (plain === text) throw error;
    return JSON.parse(plain);
  }
}

const notJson = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs;

/** A JSON text as an expression of Python. Throws SyntaxError where it is none. */
export function pythonExpression(json: string): string {
  parsePythonJson(json);
  return json.trim().replace(words, (word) => {
    if (word.startsWith('"')) return pythonText(JSON.parse(word) as string);
    return names[word] ?? word;
  });
}

const words = /"(?:[^"\\]|\\.)*"|-?[A-Za-z]{3,}/gs;
const names: Readonly<Record<string, string>> = {
  true: 'True',
  false: 'False',
  null: 'None',
  NaN: "float('nan')",
  Infinity: "float('inf')",
  '-Infinity': "float('-inf')",
};

/** A text as a literal of Python: JSON's, whose escapes Python has too. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(
    /\u007f|\u2028|\u2029/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
