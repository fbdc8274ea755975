-- For an earlier day, beside the version attached as `spor`: the tables that name the figures, empty. The
-- rows that stood by its end are written into them (kpi/store/current_metadata.py).
CREATE VIEW entry AS FROM spor.entry;
CREATE TABLE theme AS FROM spor.theme LIMIT 0;
CREATE TABLE indicator AS FROM spor.indicator LIMIT 0;
CREATE TABLE area AS FROM spor.area LIMIT 0;
CREATE TABLE area_set AS FROM spor.area_set LIMIT 0;
CREATE TABLE population_group AS FROM spor.population_group LIMIT 0;
CREATE TABLE group_reference AS FROM spor.group_reference LIMIT 0;
CREATE TABLE source AS FROM spor.source LIMIT 0;
CREATE VIEW theme_row AS FROM spor.theme_row;
CREATE VIEW indicator_row AS FROM spor.indicator_row;
CREATE VIEW area_row AS FROM spor.area_row;
CREATE VIEW population_group_row AS FROM spor.population_group_row;
CREATE VIEW source_row AS FROM spor.source_row;
