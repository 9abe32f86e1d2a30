// A process that spends of the budget of a day until it is told that no more is left.
import { openBudgets } from '../../src/engine/models/budgets';
import { nothing } from '../../src/engine/models/spend';

// Without a limit it holds one call in the run `r`, and has a bound in nothing.
const [stateFolder = '', limit = '0', how = 'spend'] = process.argv.slice(2);

async function spend(): Promise<void> {
  const bounds = limit === 'none' ? { run: 'r' } : { perDay: { maxTokens: Number(limit) } };
  const budgets = await openBudgets({ stateFolder, ...bounds });
  const never = new AbortController().signal;
  if (how === 'hold') {
    await budgets.reserve(() => ({ ...nothing, tokens: 400, calls: 1 }), never);
    process.send?.('held');
    setInterval(() => undefined, 1000);
    return;
  }
  let used = 0;
  for (let call = 0; ; call++) {
    const got = await budgets.reserve(() => ({ ...nothing, tokens: 10, calls: 1 }), never);
    if (got.kind !== 'reserved') break;
    await new Promise((resolve) => setTimeout(resolve, 1));
    const amount = 1 + (call % 10);
    used += amount;
    got.settle({ ...nothing, tokens: amount, calls: 1 });
  }
  budgets.close();
  process.send?.(String(used), () => process.exit(0));
}

void spend();
