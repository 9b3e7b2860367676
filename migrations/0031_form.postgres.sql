-- Made from customer.answers, for searching (src/search/answer_index.hpp).
CREATE TABLE customer_answer (
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    shadow TEXT NOT NULL,
    number BIGINT,
    PRIMARY KEY (field, code, customer_id)
);
CREATE INDEX customer_answer_number ON customer_answer (field, number, customer_id) WHERE number IS NOT NULL;
CREATE INDEX customer_answer_customer ON customer_answer (customer_id, field);
