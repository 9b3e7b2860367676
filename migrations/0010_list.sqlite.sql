-- Without row ids the key is the table: a list lies in one piece, in the order of its ids.
CREATE TABLE customer_list_member (
    list_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (list_id, customer_id)
) WITHOUT ROWID;
