-- What happened to a customer's delivery addresses and to his orders, without reading all his other changes.
CREATE INDEX change_of_address ON change (customer_id, id) WHERE table_name = 'customer_address';
CREATE INDEX change_of_order ON change (customer_id, id) WHERE table_name = 'orders' AND act = 'u';
