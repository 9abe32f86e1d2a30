import path from 'node:path';

/** Where the build puts the files that the engine reads at run time. */
export const assetsFolder = path.resolve('dist/assets');
