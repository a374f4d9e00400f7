import ts from 'typescript';

/** Writes a type out: nothing of how it was made, such as of its schema, is left in it. All of it is read-only: an app may give what it may not change. */
export function typeWriter(checker: ts.TypeChecker): (type: ts.Type) => string {
  function write(type: ts.Type): string {
    // Before unions: the compiler takes it for `true | false`.
    if (type.flags & ts.TypeFlags.Boolean) return 'boolean';
    if (type.isUnion()) return union(type.types);
    if (type.isIntersection()) return object(type);
    if (checker.isTupleType(type)) return tuple(type as ts.TypeReference);
    if (checker.isArrayType(type)) return array(type as ts.TypeReference);
    if (type.flags & ts.TypeFlags.Object) return object(type);
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }

  function union(types: readonly ts.Type[]): string {
    const isBoolean = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const rest = isBoolean ? types.filter(({ flags }) => !(flags & ts.TypeFlags.BooleanLiteral)) : types;
    return [...new Set([...rest.map(write), ...(isBoolean ? ['boolean'] : [])])].join(' | ');
  }

  function array(type: ts.TypeReference): string {
    const [item] = checker.getTypeArguments(type);
    return `readonly (${item === undefined ? 'unknown' : write(item)})[]`;
  }

  function tuple(type: ts.TypeReference): string {
    const target = type.target as ts.TupleType;
    const items = checker.getTypeArguments(type).map((item, index) => {
      const isRest = ((target.elementFlags[index] ?? 0) & ts.ElementFlags.Rest) !== 0;
      return isRest ? `...(${write(item)})[]` : write(item);
    });
    return `readonly [${items.join(', ')}]`;
  }

  function object(type: ts.Type): string {
    if (type.getCallSignatures().length > 0)
      return `(${checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)})`;
    const indexes = checker
      .getIndexInfosOfType(type)
      .map((info) => `readonly [key: ${write(info.keyType)}]: ${write(info.type)};`);
    const fields = checker.getPropertiesOfType(type).map(field);
    return `{ ${[...indexes, ...fields].join(' ')} }`;
  }

  function field(property: ts.Symbol): string {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const whole = checker.getTypeOfSymbol(property);
    const type = isOptional ? checker.getNonNullableType(whole) : whole;
    const written = isOptional && hasNull(whole) ? `${write(type)} | null` : write(type);
    return `readonly ${JSON.stringify(property.name)}${isOptional ? '?' : ''}: ${written};`;
  }

  const hasNull = (type: ts.Type) =>
    type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0);

  return write;
}
