import { maxOutputChars, maxPrintedChars } from '../domain/verdict';

/** Room for the words between the halves. */
const halfChars = maxOutputChars / 2 - 64;

/**
 * What a program prints: kept whole up to `maxOutputChars`, of more the first and the last half.
 * Printing costs little however much it is, and is too much only above `maxPrintedChars`.
 */
export class Printed {
  private head = '';
  private tail = '';
  private count = 0;

  add(text: string): void {
    this.count += text.length;
    const isWhole = this.count <= maxOutputChars;
    if (isWhole) this.head += text;
    else this.addLater(text);
  }

  get length(): number {
    return this.count;
  }

  get isTooMuch(): boolean {
    return this.count > maxPrintedChars;
  }

  toString(): string {
    if (this.count <= maxOutputChars) return this.head;
    const tail = this.tail.slice(-halfChars);
    const leftOut = this.count - this.head.length - tail.length;
    return `${this.head}\n[${String(leftOut)} characters left out]\n${tail}`;
  }

  private addLater(text: string): void {
    if (this.head.length > halfChars) {
      this.tail = this.head.slice(halfChars);
      this.head = this.head.slice(0, halfChars);
    } else if (this.tail === '' && this.head.length < halfChars) {
      const left = halfChars - this.head.length;
      this.head += text.slice(0, left);
      text = text.slice(left);
    }
    this.tail += text;
    // Not each time, so that many short texts cost no more than few long ones.
    if (this.tail.length > 2 * maxOutputChars) this.tail = this.tail.slice(-halfChars);
  }
}
