import type { Language } from '../domain/task';

/** Attributes and methods that plain data has. What a test asks for beyond them is an object's. */
export function isDataMember(language: Language, name: string): boolean {
  return (language === 'python' ? ofPython : ofJavaScript).has(name);
}

const ofPython: ReadonlySet<string> = new Set(
  `
  add adjusted append appendleft as_integer_ratio as_tuple astimezone bit_count bit_length
  canonical capitalize casefold center clear close combine compare compare_signal
  compare_total compare_total_mag conjugate copy copy_abs copy_negate copy_sign count ctime
  date day days decode denominator difference difference_update discard dst elements encode
  endswith exp expandtabs extend extendleft find fma fold format format_map from_bytes
  from_decimal from_float fromhex fromisocalendar fromisoformat fromkeys fromordinal
  fromtimestamp get gi_code gi_frame gi_running gi_suspended gi_yieldfrom hex hour imag index
  insert intersection intersection_update is_canonical is_finite is_infinite is_integer is_nan
  is_normal is_qnan is_signed is_snan is_subnormal is_zero isalnum isalpha isascii isdecimal
  isdigit isdisjoint isidentifier islower isnumeric isocalendar isoformat isoweekday
  isprintable isspace issubset issuperset istitle isupper items join keys limit_denominator
  ljust ln log10 logb logical_and logical_invert logical_or logical_xor lower lstrip maketrans
  max max_mag maxlen microsecond microseconds min min_mag minute month most_common move_to_end
  next_minus next_plus next_toward normalize now number_class numerator partition pop popitem
  popleft quantize radix real remainder_near remove removeprefix removesuffix replace
  resolution reverse rfind rindex rjust rotate rpartition rsplit rstrip same_quantum scaleb
  second seconds send setdefault shift sort split splitlines sqrt start startswith step stop
  strftime strip strptime subtract swapcase symmetric_difference symmetric_difference_update
  throw time timestamp timetuple timetz title to_bytes to_eng_string to_integral
  to_integral_exact to_integral_value today toordinal total total_seconds translate tzinfo
  tzname union update upper utcfromtimestamp utcnow utcoffset utctimetuple values weekday year
  zfill
`.split(/\s+/),
);

const ofJavaScript: ReadonlySet<string> = new Set(
  `
  at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat
  flatMap forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight
  reverse shift slice some sort splice toLocaleString toString toReversed toSorted toSpliced
  unshift values with length charAt charCodeAt codePointAt endsWith localeCompare match
  matchAll normalize padEnd padStart repeat replace replaceAll search split startsWith
  substring toLowerCase toUpperCase trim trimEnd trimStart toFixed toPrecision toExponential
  valueOf get set has add delete clear size then catch finally next return getTime getFullYear
  getMonth getDate getDay getHours getMinutes getSeconds getUTCFullYear getUTCMonth getUTCDate
  getUTCDay getUTCHours getUTCMinutes getUTCSeconds toISOString toJSON hasOwnProperty test
  exec source flags name message stack
`.split(/\s+/),
);
