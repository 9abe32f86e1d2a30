/** Programs that read two numbers and print their sum, and one that prints another. */
export const adders: Readonly<Record<string, { readonly right: string; readonly wrong: string }>> =
  {
    python: bothOf('a, b = map(int, input().split())\nprint(a + b)\n'),
    javascript: bothOf(
      "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ').map(Number);\nconsole.log(a + b);\n",
    ),
    typescript: bothOf(`import * as readline from 'node:readline';
const lines: string[] = [];
const reader = readline.createInterface({ input: process.stdin });
reader.on('line', (line: string) => lines.push(line));
reader.on('close', () => {
  const [a, b] = (lines[0] as string).split(' ').map(Number) as [number, number];
  console.log(a + b);
});
`),
    c: bothOf(
      '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", a + b); }\n',
    ),
    cpp: bothOf(
      '#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }\n',
    ),
    rust: bothOf(`use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let n: Vec<i64> = text.split_whitespace().map(|w| w.parse().unwrap()).collect();
    let (a, b) = (n[0], n[1]);
    println!("{}", a + b);
}
`),
    java: bothOf(`import java.util.Scanner;
public class Main {
  public static void main(String[] args) {
    Scanner in = new Scanner(System.in);
    int a = in.nextInt(), b = in.nextInt();
    System.out.println(a + b);
  }
}
`),
    bash: bothOf('read -r a b\necho $((a + b))\n'),
    perl: bothOf('my ($a, $b) = split " ", <STDIN>;\nprint $a + $b, "\\n";\n'),
  };

function bothOf(right: string): { right: string; wrong: string } {
  return { right, wrong: right.replace('a + b', 'a - b').replace('$a + $b', '$a - $b') };
}
