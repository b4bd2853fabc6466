import type { Word } from './words.ts'

/** A place in the command line: `run`, `device show`. */
interface Place {
  path: string[]
  word: Word
}

const placesOf = (words: readonly Word[]): Place[] =>
  words.flatMap((word) => [
    { path: [word.name], word },
    ...word.actions.map((action) => ({ path: [word.name, action.name], word: action })),
  ])

const optionsIn = ({ options }: Word): string[] => options.map(({ name }) => `--${name}`)
const namesOf = (words: readonly Word[]): string[] => words.map(({ name }) => name)

/** In single quotes of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

function bash(words: readonly Word[]): string[] {
  return [
    '# oobe completion bash > /etc/bash_completion.d/oobe',
    '_oobe() {',
    `  local current="\${COMP_WORDS[COMP_CWORD]}" place="\${COMP_WORDS[1]}" words=""`,
    '  case "$place" in',
    ...words
      .filter(({ actions }) => actions.length > 0)
      .map(({ name }) => `    ${name}) if [ "$COMP_CWORD" -gt 2 ]; then place="${name} \${COMP_WORDS[2]}"; fi ;;`),
    '  esac',
    `  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted([...namesOf(words), 'help', '--help', '--version'].join(' '))}`,
    '  else',
    '    case "$place" in',
    ...placesOf(words).map(({ path, word }) => {
      const all = [...namesOf(word.actions), ...optionsIn(word)].join(' ')
      return `      ${quoted(path.join(' '))}) words=${quoted(all)} ;;`
    }),
    '    esac',
    '  fi',
    '  # shellcheck disable=SC2207',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o bashdefault -o default -F _oobe oobe',
  ]
}

function zsh(words: readonly Word[]): string[] {
  const described = (some: readonly Word[]) =>
    some.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(':', '\\:')}`)).join(' ')
  return [
    '#compdef oobe',
    `# oobe completion zsh > "\${fpath[1]}/_oobe"`,
    '_oobe() {',
    '  local -a commands options',
    '  if (( CURRENT == 2 )); then',
    `    commands=(${described(words)})`,
    "    _describe 'command' commands",
    '    return',
    '  fi',
    `  local place="\${words[2]}"`,
    '  case "$place" in',
    ...words
      .filter(({ actions }) => actions.length > 0)
      .flatMap(({ name, actions }) => [
        `    ${name})`,
        `      if (( CURRENT == 3 )); then commands=(${described(actions)}); _describe 'action' commands; return; fi`,
        `      place="${name} \${words[3]}" ;;`,
      ]),
    '  esac',
    '  case "$place" in',
    ...placesOf(words).map(
      ({ path, word }) => `    ${quoted(path.join(' '))}) options=(${optionsIn(word).join(' ')}) ;;`,
    ),
    '  esac',
    `  if [[ "\${words[CURRENT]}" == -* ]]; then compadd -- $options; else _files; fi`,
    '}',
    'if [ "$funcstack[1]" = "_oobe" ]; then _oobe "$@"; else compdef _oobe oobe; fi',
  ]
}

function fish(words: readonly Word[]): string[] {
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  return [
    '# oobe completion fish > ~/.config/fish/completions/oobe.fish',
    ...words.map(({ name, summary }) => `complete -c oobe -n __fish_use_subcommand -f -a ${name} -d ${text(summary)}`),
    ...words.flatMap(({ name, actions }) =>
      actions.map(
        (action) =>
          `complete -c oobe -n '__fish_seen_subcommand_from ${name}; and not __fish_seen_subcommand_from ${namesOf(actions).join(' ')}' -f -a ${action.name} -d ${text(action.summary)}`,
      ),
    ),
    ...placesOf(words).flatMap(({ path, word }) => {
      const condition = path.map((part) => `__fish_seen_subcommand_from ${part}`).join('; and ')
      return word.options.map(
        ({ name, takesValue }) => `complete -c oobe -n '${condition}' -l ${name}${takesValue ? ' -r' : ''}`,
      )
    }),
  ]
}

function powershell(words: readonly Word[]): string[] {
  const list = (values: readonly string[]) => values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
  return [
    '# oobe completion powershell | Out-String | Invoke-Expression',
    'Register-ArgumentCompleter -Native -CommandName oobe -ScriptBlock {',
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $places = @{',
    `    '' = @(${list([...namesOf(words), 'help', '--help', '--version'])})`,
    ...placesOf(words).map(
      ({ path, word }) => `    '${path.join(' ')}' = @(${list([...namesOf(word.actions), ...optionsIn(word)])})`,
    ),
    '  }',
    '  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })',
    "  if ($wordToComplete -ne '') { $before = @($before | Select-Object -SkipLast 1) }",
    "  $place = (@($before | Where-Object { $_ -notlike '-*' }) | Select-Object -First 2) -join ' '",
    "  if (-not $places.ContainsKey($place)) { $place = $place.Split(' ')[0] }",
    '  $places[$place] | Where-Object { $_ -like "$wordToComplete*" } |',
    "    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }",
    '}',
  ]
}

/** By the name of the shell: the script that it has to read. */
export const SHELLS: Readonly<Record<string, (words: readonly Word[]) => string[]>> = { bash, zsh, fish, powershell }
