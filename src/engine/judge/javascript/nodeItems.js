'use strict';
// Arrays and symbols, for the codec of two Nodes: what is no item and no hole of an array, and which
// symbols both sides have.
const symbols = new Map(
  Reflect.ownKeys(Symbol)
    .filter((key) => typeof Symbol[key] === 'symbol')
    .map((key) => [key, Symbol[key]]),
);
/** Arrays of more items are not looked through for what is no item of them. */
const maxDense = 100_000;

/** What an array holds; of one with few items, and of properties that are no items, by their keys. */
function items(value, encode) {
  const { length } = value;
  const isSparse = length > maxDense && !Object.hasOwn(value, length >> 1);
  const held = [];
  let count = 0;
  for (let place = 0; !isSparse && place < length; place++) {
    const isHeld = value[place] !== undefined || Object.hasOwn(value, place);
    if (isHeld) count += 1;
    held.push(isHeld ? encode(value[place]) : { $: 'hole' });
  }
  if (count > maxDense && count === length) return { v: held };
  const keys = Object.keys(value).slice(count);
  return { v: held, length, own: keys.map((key) => [key, encode(value[key])]) };
}

/** A symbol that every realm has: the language's own, or one of the registry. */
function standardSymbol(value) {
  for (const [name, symbol] of symbols) if (symbol === value) return { $: 'symbol', v: name };
  const key = Symbol.keyFor(value);
  return key === undefined || symbols.has(key) ? undefined : { $: 'symbol', v: key };
}

function symbolNamed(name) {
  return symbols.get(name) ?? Symbol.for(name);
}

module.exports = { items, standardSymbol, symbolNamed };
