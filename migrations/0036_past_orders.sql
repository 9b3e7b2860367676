-- Which orders are or were a customer's, without reading all his other changes: his purchases at a past moment.
CREATE INDEX change_order_row ON change (customer_id, row_id) WHERE table_name = 'orders';
