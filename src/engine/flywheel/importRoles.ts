import { folderRoles } from '../tasks/folderTasks';
import { taskFormats } from '../tasks/readTask';

/** Which imported tests are visible and which hidden, by format, for the help of a face. */
export const importRoles: readonly { readonly name: string; readonly roles: string }[] = [
  ...taskFormats,
  folderRoles,
];
