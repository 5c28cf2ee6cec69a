import { expect, test } from '@jest/globals';
import { eachEra } from '@reprise/testing';
import { PotionShop } from '../src/potion-shop.js';

eachEra((connect) => {
  test('asks for the name on the label, and brews once', async () => {
    const client = await connect(PotionShop);
    client.answers([{ name: 'Ada' }]);

    const call = client.call('brew', { potion: 'courage', bottles: 3 });

    expect(await call.text()).toBe('3 × courage for Ada, batch courage-3-1.');
    call.steps('brew').ranOnce();
    await client.close();
  });

  test('does not ask for what the call has said', async () => {
    const client = await connect(PotionShop);
    const call = client.call('brew', { potion: 'patience', bottles: 1, drinker: 'Grace' });
    expect(await call.text()).toContain('for Grace');
    expect(call.questions).toEqual([]);
    await client.close();
  });

  test('leaves the batch in the cauldron when the user declines', async () => {
    const client = await connect(PotionShop);
    client.answers(['decline']);
    expect(await client.call('brew', { potion: 'courage', bottles: 3 }).text()).toContain(
      'stays in the cauldron',
    );
    await client.close();
  });

  test('has recipes, and a prompt for new ones', async () => {
    const client = await connect(PotionShop);
    expect(await client.read('potion://patience/recipe').text()).toContain('snail shell');
    expect(await client.prompt('invent', { effect: 'flight' }).text()).toContain('gives flight');
    await client.close();
  });
});
