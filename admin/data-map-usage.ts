export const dataMapUsage = {
  usage: 'data-map [--check] [--config FILE]',
  purpose:
    'where personal data is: of the configuration, or as deployed with --stack; --check compares with docs/data-map.json',
};

export const dataMapOptions = { check: { type: 'boolean' }, config: { type: 'string' } } as const;
