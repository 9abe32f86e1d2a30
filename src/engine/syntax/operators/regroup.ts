import { operatorOf } from '../kinds';
import { fieldOf } from '../walk';
import { none, replace, type Family } from './operator';

/** `a - b * c` as `(a - b) * c`. The fault it mends: parentheses that a formula needs and lacks. */
export const regroup: Family = (node) => {
  const outer = operatorOf(node);
  const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
  if (outer === null || left === null || right === null) return none;
  const changes = [];
  const ofRight = operatorOf(right);
  const [a, b] = [fieldOf(right, 'left'), fieldOf(right, 'right')];
  if (ofRight && a && b)
    changes.push(replace(node, `(${left.text} ${outer.text} ${a.text}) ${ofRight.text} ${b.text}`));
  const ofLeft = operatorOf(left);
  const [c, d] = [fieldOf(left, 'left'), fieldOf(left, 'right')];
  if (ofLeft && c && d)
    changes.push(replace(node, `${c.text} ${ofLeft.text} (${d.text} ${outer.text} ${right.text})`));
  const [e, f, g] = [a && fieldOf(a, 'left'), a && operatorOf(a), a && fieldOf(a, 'right')];
  // `a - b * c / d`: what stands first belongs to the sum, the rest to its factor.
  if (ofRight && b && e && f && g) {
    changes.push(
      replace(
        node,
        `(${left.text} ${outer.text} ${e.text}) ${f.text} ${g.text} ${ofRight.text} ${b.text}`,
      ),
    );
  }
  return changes;
};
