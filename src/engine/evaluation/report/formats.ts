export const reportFormats = ['text', 'csv', 'markdown', 'html'] as const;
/** The forms that a report can have. JSON is not among them: it is the numbers themselves. */
export type ReportFormat = (typeof reportFormats)[number];
