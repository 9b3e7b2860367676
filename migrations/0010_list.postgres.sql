CREATE TABLE customer_list_member (
    list_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (list_id, customer_id)
);
