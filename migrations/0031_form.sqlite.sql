-- Made from customer.answers, for searching (src/search/answer_index.hpp). Clustered by field: looking through all answers to one reads
-- them in a row.
CREATE TABLE customer_answer (
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    shadow TEXT NOT NULL,
    number BIGINT,
    PRIMARY KEY (field, code, customer_id)
) WITHOUT ROWID;
CREATE INDEX customer_answer_number ON customer_answer (field, number, customer_id) WHERE number IS NOT NULL;
CREATE INDEX customer_answer_customer ON customer_answer (customer_id, field);
