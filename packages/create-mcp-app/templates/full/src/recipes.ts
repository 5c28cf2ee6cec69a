export const recipes: ReadonlyMap<string, string> = new Map([
  ['courage', 'Two lion hairs, a pinch of pepper. Stir while singing.'],
  ['invisibility', 'Water from a mirror lake. Look away for nine minutes.'],
  ['patience', 'One snail shell, warm milk. Wait.'],
]);

export const potions = [...recipes.keys()];
