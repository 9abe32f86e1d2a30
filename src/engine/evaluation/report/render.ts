import { plainData } from '../../redaction/plainText';
import { csvReport } from './csvReport';
import type { ReportFormat } from './formats';
import { htmlReport } from './htmlReport';
import { markdownReport } from './markdownReport';
import type { Sheet } from './sheet';
import { textReport } from './textReport';

/** A report in a form. Nothing that a program, a test or a model wrote acts in it. */
export function render(sheet: Sheet, format: ReportFormat): string {
  const plain = plainData(sheet);
  switch (format) {
    case 'text':
      return textReport(plain);
    case 'csv':
      return csvReport(plain);
    case 'markdown':
      return markdownReport(plain);
    case 'html':
      return htmlReport(plain);
  }
}
