import path from 'node:path';
import { main } from './cli/main';

void main(process.argv.slice(2), {
  assetsFolder: path.join(__dirname, 'assets'),
  samplesFolder: path.join(__dirname, '..', 'samples'),
  packageFile: path.join(__dirname, '..', 'package.json'),
});
