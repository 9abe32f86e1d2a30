/** Entry of the iteration viewer and of the page of rounds (`dist/viewer.js`), which runs inside the webview. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import './taskGrid';
import './rounds/roundsApp';
import './viewerApp';
