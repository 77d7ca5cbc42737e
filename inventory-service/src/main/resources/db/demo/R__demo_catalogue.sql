-- Products to try the shop with. What is there already is left alone.
insert into stock (sku, name, price, currency, initial, available)
select sku, name, price, 'EUR', initial, initial
  from (values
    ('espresso-machine', 'Espresso machine',              24900, 10000000),
    ('coffee-grinder',   'Coffee grinder',                12900, 10000000),
    ('milk-jug',         'Milk jug, 350 ml',               1990, 10000000),
    ('beans-1kg',        'Coffee beans, 1 kg',             2450, 10000000),
    ('tamper',           'Tamper, 58 mm',                  3400, 10000000),
    ('descaler',         'Descaler, 500 ml',                990, 10000000),
    ('gift-card',        'Gift card',                      5000, 10000000),
    ('limited-edition',  'Espresso machine, one of a few', 89900, 25),
    ('sold-out',         'Hand-made cup, sold out',        4500, 0)
  ) as product (sku, name, price, initial)
    on conflict (sku) do nothing;
