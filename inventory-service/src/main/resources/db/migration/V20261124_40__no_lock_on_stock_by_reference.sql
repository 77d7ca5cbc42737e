-- Each row that refers to a product locked the product's row to see that it is there (for key share), one lookup a row, and a row that
-- many sagas want at once became a list of lockers. Products are never deleted, and whoever writes these rows holds the product's lock.
alter table reservation_line drop constraint reservation_line_sku_fkey;
alter table stock_ledger drop constraint stock_ledger_sku_fkey;
-- Lines are written with their reservation, by the same transaction, and neither is ever deleted.
alter table reservation_line drop constraint reservation_line_order_id_fkey;
