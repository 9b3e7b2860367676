-- Groups of staff. members: ids of staff, ",3,17,"; member_group_member is derived from it for fast look-up.
CREATE TABLE member_group (
    id @id@,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    members TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX member_group_name_unique ON member_group (name);

CREATE TABLE member_group_member (
    staff_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    PRIMARY KEY (staff_id, group_id)
);
CREATE INDEX member_group_member_group ON member_group_member (group_id);

-- Searches kept under a name, of a person (staff_id) or of a group (group_id), never of both. content: JSON as the page sends it.
CREATE TABLE saved_search (
    id @id@,
    staff_id BIGINT,
    group_id BIGINT REFERENCES member_group (id),
    screen TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    position BIGINT NOT NULL,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    updated_by BIGINT,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_search_staff_id_unique ON saved_search (staff_id, screen, name);
CREATE UNIQUE INDEX saved_search_group_id_unique ON saved_search (group_id, screen, name);
