/** Entry of the iteration viewer (`dist/viewer.js`), which runs inside the webview. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import './taskGrid';
import './viewerApp';
