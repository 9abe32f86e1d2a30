import { describeMends } from '../../../../support/mends';

describeMends('missingStatement', [
  {
    fault: 'nodes that are not marked as seen',
    language: 'python',
    from: 'def f(graph, start):\n    seen = {start}\n    open_nodes = [start]\n    while open_nodes:\n        node = open_nodes.pop()\n        for other in graph[node]:\n            if other not in seen:\n                open_nodes.append(other)\n    return seen\n',
    to: 'def f(graph, start):\n    seen = {start}\n    open_nodes = [start]\n    while open_nodes:\n        node = open_nodes.pop()\n        for other in graph[node]:\n            if other not in seen:\n                open_nodes.append(other)\n                seen.add(other)\n    return seen\n',
  },
  {
    fault: 'a last group that is never added',
    language: 'javascript',
    from: 'function f(items) {\n  const all = [];\n  let group = [];\n  for (const item of items) {\n    if (item === 0) {\n      all.push(group);\n      group = [];\n    } else {\n      group.push(item);\n    }\n  }\n  return all;\n}\n',
    to: 'function f(items) {\n  const all = [];\n  let group = [];\n  for (const item of items) {\n    if (item === 0) {\n      all.push(group);\n      group = [];\n    } else {\n      group.push(item);\n    }\n  }\n  all.push(group);\n  return all;\n}\n',
  },
]);
